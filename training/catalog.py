"""public/models: the catalog of shipped networks, their files, and their licences.

The format is the app's (src/models): see the model contract in the README.
"""

import json
from hashlib import sha256
from pathlib import Path

MODELS = Path(__file__).resolve().parents[1] / "public" / "models"


def load_catalog(folder: Path) -> dict:
    """The catalog of a folder of models; an empty one where there is none."""
    path = folder / "catalog.json"
    return json.loads(path.read_text("utf-8")) if path.exists() else {"version": 1, "models": []}


def save_catalog(folder: Path, catalog: dict) -> None:
    """Writes catalog.json and LICENSES.md: models by id, files by precision, one form for one content."""
    models = sorted(catalog["models"], key=lambda card: card["id"])
    for card in models:
        card["files"].sort(key=lambda entry: entry["precision"])
    text = json.dumps({**catalog, "models": models}, indent=2, ensure_ascii=False) + "\n"
    replace_file(folder / "catalog.json", text.encode())
    replace_file(folder / "LICENSES.md", licences(models).encode())


def upsert_card(catalog: dict, card: dict) -> None:
    """Puts `card` in the place of the card of its id.

    What was measured of the old one stays if the files are the same.
    """
    old = next((other for other in catalog["models"] if other["id"] == card["id"]), None)
    if old:
        losses = {entry["sha256"]: entry["psnrLoss"] for entry in old["files"]}
        if {entry["sha256"] for entry in card["files"]} == set(losses):
            card["metrics"] = old["metrics"]
            for entry in card["files"]:
                entry["psnrLoss"] = losses[entry["sha256"]]
        catalog["models"].remove(old)
    catalog["models"].append(card)


def store(folder: Path, stem: str, suffix: str, data: bytes) -> dict:
    """Writes a file under a name that holds its hash, STEM.HASH8.SUFFIX, and removes the ones it replaces.

    Returns what a card says of it: url, bytes, sha256.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{stem}.{sha256(data).hexdigest()[:8]}.{suffix}"
    replace_file(path, data)
    for other in folder.glob(f"{stem}.*.{suffix}"):
        if other != path:
            other.unlink()
    return describe_file(path.name, data)


def describe_file(url: str, data: bytes) -> dict:
    """What a card says of a stored file: where it is, relative to the catalog, and what it holds."""
    return {"url": url, "bytes": len(data), "sha256": sha256(data).hexdigest()}


def read_shipped(folder: Path, entry: dict) -> bytes:
    """The bytes of a card's file or golden tile, checked against the card."""
    data = (folder / entry["url"]).read_bytes()
    if len(data) != entry["bytes"] or sha256(data).hexdigest() != entry["sha256"]:
        raise SystemExit(f"{entry['url']} is not the file its card describes: export it again.")
    return data


def replace_file(path: Path, data: bytes) -> None:
    """Writes a file so that a reader sees the old or the new one, never a part."""
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(data)
    part.replace(path)


def is_taught(models: list[dict]) -> bool:
    """Whether there is a model that learned from a teacher's results."""
    return any("taught " in card["trainedOn"] for card in models)


def is_borrowed(card: dict) -> bool:
    """Whether a model's weights are other people's: then the build makes its file of their package."""
    return card["task"] == "find-faces"


BORROWED = """
## Not ours

`find-faces` is the one network here whose weights are other people's. It is the tiny face detector of the npm package
`@vladmandic/face-api` 1.7.15 (Copyright (c) Vladimir Mandic), which has it from `face-api.js` (Copyright (c) 2018 Vincent
Mühler); both are under the MIT licence. Its author trained it on some 14,000 pictures with boxes round faces. The build converts
it (`scripts/face-finder.mjs`); nothing of it is in the repository.

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files
(the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify,
merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF
MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE
FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION
WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""


def licences(models: list[dict]) -> str:
    """The text of LICENSES.md."""
    ours = ["random numbers, on the photos named below; nobody else's network went into them. The files hold"]
    if is_taught(models):
        ours = [
            "random numbers, on the photos named below. No weight of anybody else's went into them; some were",
            "taught by the results of another network, which is named with them. The files hold",
        ]
    lines = [
        "# Licences of the models",
        "",
        "Written by `python3 -m training.export`. The weights are our own: trained by this project, from",
        *ours,
        "no photo. The golden tiles (`*.golden.*.bin`) are a pattern that training/golden.py draws, and what",
        "each network makes of it: MIT, too.",
        "",
        *(f"- `{card['id']}`: {card['licence']}. Trained on {card['trainedOn']}" for card in models if not is_borrowed(card)),
    ]
    if any(is_borrowed(card) for card in models):
        lines += ["", BORROWED.strip()]
    return "\n".join(lines) + "\n"
