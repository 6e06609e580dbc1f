// One slide a beat. A clip begins with the picture that the one before ended with. So that nothing
// flashes, the clips behind stand on their last picture and those ahead on their first; to go back
// shows how a beat ended, to go forward plays the next one.
const videos = [...document.querySelectorAll(".slides video")];
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
const here = () => Reveal.getIndices().h;
let back = false;

function stand(video, atEnd) {
  if (video.readyState < HTMLMediaElement.HAVE_METADATA || (atEnd && video.ended)) return;
  const time = atEnd ? video.duration - 0.5 / Number(video.dataset.fps) : 0;
  if (Math.abs(video.currentTime - time) > 1e-3) video.currentTime = time;
}

function standAll() {
  videos.forEach((video, index) => {
    if (index !== here()) stand(video, index < here());
  });
}

function playOrPause() {
  const video = videos[here()];
  if (video.paused) video.play();
  else video.pause();
}

function again() {
  const video = videos[here()];
  video.currentTime = 0;
  video.play();
}

function captions() {
  const shown = videos[0].textTracks[0].mode === "showing";
  for (const video of videos) video.textTracks[0].mode = shown ? "disabled" : "showing";
}

videos.forEach((video, index) => {
  video.toggleAttribute("data-autoplay", !calm);
  video.controls = calm;
  video.addEventListener("loadedmetadata", () => {
    if (index !== here() || back) stand(video, index <= here());
  });
});

Reveal.on("beforeslidechange", ({ indexh }) => {
  back = indexh < here();
  videos[indexh]?.toggleAttribute("data-autoplay", !calm && !back);
});
Reveal.on("slidechanged", standAll);

Reveal.initialize({
  width: {{ material.quality.width }}, height: {{ material.quality.height }}, margin: 0, center: false,
  transition: "none", backgroundTransition: "none", maxScale: 8,
  hash: {{ "false" if one_file else "true" }}, controls: false, plugins: [RevealNotes],
}).then(() => {
  Reveal.addKeyBinding({ keyCode: 80, key: "P", description: "Pause or play the clip" }, playOrPause);
  Reveal.addKeyBinding({ keyCode: 82, key: "R", description: "Play the clip again" }, again);
  Reveal.addKeyBinding({ keyCode: 67, key: "C", description: "Captions on or off" }, captions);
});
