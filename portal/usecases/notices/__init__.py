"""Who is told of what happened, by mail: each notice once, and safe to run again."""
