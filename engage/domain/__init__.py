"""What is true about people, posts, tasks and touches. Pure: no input, no output, no clock."""
