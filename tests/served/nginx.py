"""nginx before the site, with the very files that deploy/ holds: only ports, the certificate and
the socket are this machine's."""

import http.client
import os
import shutil
import ssl
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.served.server import HOST, PATIENCE, Server, free_port
from tests.sites import ROOT

# Debian keeps it where not everybody's PATH looks.
BINARY = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
# What a package's nginx.conf says around a site; each file that it writes is in its own folder.
AROUND = """\
{user}
pid {folder}/pid;
error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


@dataclass
class Nginx:
    """nginx before one server, ended by the id of the process that it is."""

    server: Server
    folder: Path
    port: int = field(default_factory=free_port)
    tls_port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        assert BINARY is not None
        self._write_certificate()
        self._write_settings()
        command = [BINARY, "-p", str(self.folder), "-c", str(self.folder / "nginx.conf")]
        command += ["-e", str(self.folder / "error.log"), "-g", "daemon off;"]
        self.process = subprocess.Popen(command)
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                if self.get("/healthz")[0] == 200:
                    return
            except OSError:
                pass
            assert self.process.poll() is None, (self.folder / "error.log").read_text()
            assert time.monotonic() < deadline, self.server.said()
            time.sleep(0.05)

    def _write_certificate(self) -> None:
        command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"]
        command += ["-subj", f"/CN={HOST}", "-addext", f"subjectAltName=IP:{HOST}"]
        command += ["-keyout", str(self.folder / "key.pem"), "-out", str(self.folder / "cert.pem")]
        subprocess.run(command, check=True, capture_output=True)

    def _write_settings(self) -> None:
        text = (ROOT / "deploy" / "nginx.conf").read_text()
        certificates = "/etc/letsencrypt/live/quotes.example.org"
        for theirs, ours in {
            "    listen [::]:80;\n": "",
            "    listen [::]:443 ssl http2;\n": "",
            "listen 80;": f"listen {HOST}:{self.port};",
            "listen 443 ": f"listen {HOST}:{self.tls_port} ",
            "server_name quotes.example.org;": f"server_name {HOST};",
            "unix:/run/ontherecord/web.sock": f"unix:{self.server.socket}",
            f"{certificates}/fullchain.pem": f"{self.folder}/cert.pem",
            f"{certificates}/privkey.pem": f"{self.folder}/key.pem",
            "/etc/nginx/snippets/ontherecord-proxy.conf": f"{ROOT}/deploy/nginx-proxy.conf",
        }.items():
            assert theirs in text, f"deploy/nginx.conf no longer says {theirs!r}"
            text = text.replace(theirs, ours)
        (self.folder / "site.conf").write_text(text)
        # A worker of another user could not reach a folder that is root's alone.
        user = "user root;" if os.geteuid() == 0 else ""
        (self.folder / "nginx.conf").write_text(AROUND.format(folder=self.folder, user=user))

    def connection(self) -> http.client.HTTPSConnection:
        context = ssl.create_default_context(cafile=str(self.folder / "cert.pem"))
        return http.client.HTTPSConnection(HOST, self.tls_port, timeout=PATIENCE, context=context)

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        return self.ask("GET", path, headers=headers)

    def ask(
        self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> tuple[int, dict[str, str], bytes]:
        connection = self.connection()
        try:
            connection.request(method, path, body, headers or {})
            response = connection.getresponse()
            return response.status, dict(response.headers), response.read()
        finally:
            connection.close()

    def end(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=PATIENCE)
