"""Watching (监看): a folder or a mailbox on one side, drafts in the archive on the other; runs for days and says each thing once.

``folder.FolderWatch`` and ``mailbox.MailWatch`` each do one ``turn`` at a time; ``going.go`` repeats it until told to stop.
"""
