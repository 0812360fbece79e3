"""Task plans (任务清单): a document that gives many tasks, read row by row and opened as a whole or not at all."""
