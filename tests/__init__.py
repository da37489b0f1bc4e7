"""The tests mirror the package: a folder a layer; web has a file per thing the user does."""
