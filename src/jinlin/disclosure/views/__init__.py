"""The pages of what is public: records, notices, and the notices at the desk and on rounds."""
