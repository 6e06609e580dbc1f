// Plays muted, and not for those who prefer less motion.
if (!matchMedia("(prefers-reduced-motion: reduce)").matches) {
  for (const video of document.querySelectorAll("video[data-autoplay]")) {
    video.muted = true;
    video.play().catch(() => {}); // the browser may refuse; the controls are there
  }
}
