"""What JupyterLab needs: the learner's own copy, settings, and a small server extension."""
