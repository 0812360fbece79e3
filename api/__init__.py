"""The ways in (接口): HTTP, the command line and the scenario runner."""
