const video = document.querySelector("video");
const said = document.querySelector(".said");
const chapters = [...document.querySelectorAll("button[data-start]")];
const captions = video.textTracks[0];

// Beneath the picture they cover nothing of it; on the full screen there is no beneath.
function placeCaptions() {
  if (captions.mode !== "disabled") {
    captions.mode = document.fullscreenElement === video ? "showing" : "hidden";
  }
}

function say() {
  const cues = captions.mode === "disabled" ? [] : [...(captions.activeCues ?? [])];
  said.replaceChildren(...cues.map((cue) => cue.getCueAsHTML()));
}

function markChapter() {
  const now = chapters.findLast((each) => Number(each.dataset.start) <= video.currentTime + 0.01);
  for (const each of chapters) {
    if (each === now) each.setAttribute("aria-current", "true");
    else each.removeAttribute("aria-current");
  }
}

function seek(event) {
  video.currentTime = Number(event.currentTarget.dataset.start);
  video.play().catch(() => {});
}

if (captions) {
  captions.mode = "hidden";
  said.hidden = false;
  captions.addEventListener("cuechange", say);
  video.textTracks.addEventListener("change", () => { placeCaptions(); say(); });
  document.addEventListener("fullscreenchange", placeCaptions);
}
for (const each of chapters) each.addEventListener("click", seek);
for (const event of ["timeupdate", "seeked", "loadedmetadata"]) {
  video.addEventListener(event, markChapter);
}
