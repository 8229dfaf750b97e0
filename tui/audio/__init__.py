"""From a schedule of cues to sound: mixer, worker process, backends, voice and rendering."""
