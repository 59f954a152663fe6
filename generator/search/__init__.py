"""How is it found? Pagefind indexes the published articles, in a process of its own."""
