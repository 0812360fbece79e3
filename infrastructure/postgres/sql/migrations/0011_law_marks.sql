-- Which law the lists rest on is said profile by profile, and said anew when the projector learns of more of it.
GRANT UPDATE ON {schema}.built_under TO {app};
