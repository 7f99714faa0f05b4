"""Code that a learner might put into a notebook, and things beside it that show if it ever ran."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from handing_in import ACTIVITY, cell


@dataclass
class Canaries:
    """A folder where code would leave files, and a port where it would call."""

    folder: Path
    port: int
    calls: list[bytes] = field(default_factory=list)

    def touched(self) -> list[str]:
        """What the code did; empty as long as none of it ran."""
        return [path.name for path in self.folder.iterdir()] + [call.decode() for call in self.calls]

    def code(self) -> list[str]:
        """Cells that write files, the gradebook, read others' work and the environment, and call out."""
        leave = f"open({str(self.folder)!r} + '/%s', 'w').write(repr(dict(__import__('os').environ)))"
        call = (
            f"import socket; s = socket.create_connection(('127.0.0.1', {self.port})); s.sendall(b'python')"
        )
        grades = (
            "import glob, sqlite3\n"
            "books = ['../../../gradebook.db', *glob.glob('**/gradebook.db', recursive=True)]\n"
            "for name in books:\n"
            "    d = sqlite3.connect(name); d.execute('update grade set manual_score = 99'); d.commit()"
        )
        return [
            leave % "python",
            f"!touch {self.folder}/shell",
            f"%%bash\ntouch {self.folder}/bash",
            f"%system touch {self.folder}/system",
            f"%load_ext {self.folder}/extension",
            f"get_ipython().system('touch {self.folder}/ipython')",
            call,
            grades,
            "open('../../../submitted/anna/employee/01_baenken.ipynb').read()",
            f"check_form = lambda name: {leave % 'shadowed'}",
            f"import kommune3.grading.outcome as o; o.check = lambda *a: ('', 1.0)\n{leave % 'patched'}",
        ]

    def infest(self, notebook: dict[str, Any]) -> None:
        """Put the code everywhere: new cells, the given cells' sources, outputs, metadata and attachments."""
        for code in self.code():
            page = (
                f"<script>fetch('http://127.0.0.1:{self.port}/html')</script><img src=x onerror='alert(1)'>"
            )
            shown = {"output_type": "display_data", "metadata": {}}
            outputs = [
                shown | {"data": {"text/html": page, "application/javascript": "alert(1)"}},
                {"output_type": "stream", "name": "stderr", "text": "fejl"},
            ]
            added = {"cell_type": "code", "metadata": {}, "source": code, "outputs": outputs}
            notebook["cells"].insert(0, added | {"execution_count": 1})
        tests = cell(notebook, f"{ACTIVITY}-check")
        tests["source"] = "\n".join([self.code()[0], self.code()[6], "1.0"])
        result = {"output_type": "execute_result", "metadata": {}, "execution_count": 1}
        tests["outputs"] = [result | {"data": {"text/plain": "1.0"}}]
        cell(notebook, ACTIVITY)["attachments"] = {"x.svg": {"image/svg+xml": "<svg onload='alert(1)'/>"}}
        notebook["metadata"] = {
            "kernelspec": {
                "name": "evil",
                "display_name": "evil",
                "argv": ["touch", f"{self.folder}/kernel"],
            },
            "kommune3": {"notes": "forged"},
            "widgets": {"x": 1},
        }

    def prove(self) -> None:
        """Show that the code does what it is feared for, where somebody runs it."""
        for number in (0, 6):
            subprocess.run([sys.executable, "-c", self.code()[number]], check=True, timeout=60)
        for _wait in range(100):
            if len(self.touched()) == 2:
                break
            threading.Event().wait(0.05)
        assert sorted(self.touched()) == ["python", "python"]
        (self.folder / "python").unlink()
        self.calls.clear()


@contextlib.contextmanager
def canaries(folder: Path) -> Iterator[Canaries]:
    """Canaries below the folder, listening until the block ends."""
    folder.mkdir()
    with socket.create_server(("127.0.0.1", 0)) as server:
        made = Canaries(folder, server.getsockname()[1])
        thread = threading.Thread(target=_listen, args=(server, made.calls), daemon=True)
        thread.start()
        yield made
        with socket.create_connection(server.getsockname()) as last:
            last.sendall(b"end")
        thread.join(10)


def _listen(server: socket.socket, calls: list[bytes]) -> None:
    while True:
        connection, _address = server.accept()
        with connection:
            said = connection.recv(100)
        if said == b"end":
            return
        calls.append(said)
