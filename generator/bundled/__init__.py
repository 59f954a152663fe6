"""Files that come with Pressmark: what `pressmark new` puts into an archive and, in the wheel, the templates."""
