"""What can be done to a live study: each act a value, to be carried out by `workbench.store.live.LiveStudy.do`."""
