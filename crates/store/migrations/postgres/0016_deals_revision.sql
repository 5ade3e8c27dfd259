-- When each connection last compared all its deals. (What tells whether deals have changed is SQLite's alone:
-- here every writer would wait for the others at one row.)
create index sync_logs_of_deals on sync_logs (provider, completed_at) where subject = 'deals';
