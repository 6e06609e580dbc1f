"""Segments that were rendered before, found by the hash of what they show."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from rendering.fingerprint import Code, library_versions
from rendering.segments import (
    Job,
    SceneSpec,
    Segment,
    Timeline,
    link_or_copy,
    new_folder,
    read_segment,
)

__all__ = ["LIMIT", "Cache", "CacheInfo", "default_folder", "keys_of"]

LIMIT = 2_000_000_000
"""Bytes that are kept."""

_VARIABLE = "FALTUNG_CACHE"
_FORSAKEN = 3600.0  # seconds after which an unfinished entry belongs to no living process


def default_folder() -> Path:
    """``$FALTUNG_CACHE``, or a folder among the user's caches."""
    chosen = os.environ.get(_VARIABLE)
    return Path(chosen or platformdirs.user_cache_dir("faltung")) / "segments"


def keys_of(job: Job, timeline: Timeline, ranges: Sequence[range]) -> list[str]:
    """A key for each range: two segments with the same key show the same (docs/scaling.md)."""
    spec = job.make_scene
    assert isinstance(spec, SceneSpec)
    code = Code([spec.maker.partition(":")[0], *spec.modules])
    made = job.encoding
    shared = {
        "scene": [spec.maker, dict(spec.arguments), dict(spec.inputs)],
        "quality": [job.quality.width, job.quality.height, job.quality.fps],
        "format": [made.name, made.codec, made.pix_fmt],
        "settings": [dict(made.options), dict(made.container_options)],
        "ground": [job.background, job.transparent],
        "ink": job.strip and job.strip.ink,
        "libraries": library_versions(),
    }
    return [_key(shared, code, timeline, each, job) for each in ranges]


def _key(
    shared: Mapping[str, object], code: Code, timeline: Timeline, frames: range, job: Job
) -> str:
    fps = job.quality.fps
    begun = [beat for beat in timeline.beats if round(beat.start * fps) < frames.stop]
    said = job.strip.during(frames, fps) if job.strip else []
    later = timeline.beats[len(begun) :]
    own = {
        "frames": [frames.start, frames.stop, frames.stop == timeline.frames],
        "beats": [[beat.name, beat.heading, beat.start, beat.end] for beat in begun],
        "said": [[each.start, lines] for each, lines in said],
        "code": code.hash(frozenset(beat.name for beat in later)),
    }
    return hashlib.sha256(json.dumps({**shared, **own}, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class CacheInfo:
    """What is in a cache."""

    folder: Path
    segments: int
    bytes: int
    limit: int


class Cache:
    """A folder of segments, each a folder named by its key.

    An entry appears whole, by a rename, and is never changed; what is read is held against its
    checksum. So any number of processes may use it at once, without locks. When it grows over its
    limit, what was not used for longest goes.

    Parameters
    ----------
    folder
        Made when something is first kept.
    limit
        Bytes.
    """

    def __init__(self, folder: Path | None = None, limit: int = LIMIT) -> None:
        self.folder = folder or default_folder()
        self.limit = limit

    def get(self, key: str, target: Path) -> Segment | None:
        """Put a segment that is kept, and whole, at ``target``; one that is torn is removed."""
        entry = self._entry(key)
        if not entry.is_dir():
            return None
        with suppress(OSError), new_folder(target) as draft:
            for file in entry.iterdir():
                link_or_copy(file, draft / file.name)
        segment = read_segment(target)
        if segment is None:
            shutil.rmtree(target, ignore_errors=True)
            self._remove(entry)
            return None
        with suppress(OSError):
            os.utime(entry)
        return segment

    def put(self, key: str, source: Path) -> None:
        """Keep the segment in a folder, if that can be done."""
        entry = self._entry(key)
        with suppress(OSError):
            entry.parent.mkdir(parents=True, exist_ok=True)
            with new_folder(entry) as draft:
                for file in source.iterdir():
                    link_or_copy(file, draft / file.name)

    def trim(self) -> None:
        """Remove what was not used for longest, until the rest is within the limit."""
        entries = sorted(self._aged())
        excess = sum(size for _, size, _ in entries) - self.limit
        for _, size, entry in entries:
            if excess <= 0:
                break
            self._remove(entry)
            excess -= size
        for draft in self.folder.glob("*/.draft-*"):
            with suppress(OSError):
                if time.time() - draft.stat().st_mtime > _FORSAKEN:
                    shutil.rmtree(draft, ignore_errors=True)

    def info(self) -> CacheInfo:
        """How much there is."""
        sizes = [_size(entry) for entry in self._entries()]
        return CacheInfo(self.folder, len(sizes), sum(sizes), self.limit)

    def clear(self) -> None:
        """Remove everything."""
        for entry in list(self._entries()):
            self._remove(entry)

    def _entry(self, key: str) -> Path:
        return self.folder / key[:2] / key

    def _entries(self) -> Iterator[Path]:
        return (path for path in self.folder.glob("*/*") if not path.name.startswith("."))

    def _aged(self) -> Iterator[tuple[float, int, Path]]:
        """When each entry was last used, its bytes, and the entry; none that goes meanwhile."""
        for entry in self._entries():
            with suppress(OSError):
                yield entry.stat().st_mtime, _size(entry), entry

    def _remove(self, entry: Path) -> None:
        """Out of sight at once, then gone."""
        doomed = entry.with_name(f".draft-{entry.name[:8]}-{os.getpid()}-{time.monotonic_ns()}")
        with suppress(OSError):
            entry.rename(doomed)
        shutil.rmtree(doomed, ignore_errors=True)


def _size(entry: Path) -> int:
    with suppress(OSError):
        return sum(file.stat().st_size for file in entry.iterdir())
    return 0
