"""What changed? Settled changes on disk, and a preview that shows the site as it is published."""
