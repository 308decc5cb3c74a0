"""The live study: a database in which every change is an act, and every act is one event of a chained log."""
