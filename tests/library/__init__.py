"""What we ship, loaded whole: once for all tests of this folder, which leave it as it was."""
