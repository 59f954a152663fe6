"""What do we show? The catalogue becomes planned pages, and pages become bytes."""
