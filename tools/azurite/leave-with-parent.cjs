// Preloaded into Azurite: when whoever started it is gone, however it went, its end of this pipe closes.
const leave = () => process.kill(process.pid, "SIGTERM");
process.stdin.on("end", leave).on("error", leave).resume();
process.stdin.unref?.();

// What it says while it leaves may be read by nobody any more: that must not end it before its data are written down.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", () => {});
}

// Nor may a second signal, nor one that comes between its first answer and the moment from which Azurite listens for it.
const LOOK_EVERY = 20; // ms
const LONGEST = 10_000; // ms
const azuriteListens = () => process.listenerCount("SIGTERM") > 1;
let leaving = false;
process.on("SIGTERM", () => {
  if (leaving) {
    return;
  }
  leaving = true;
  if (azuriteListens()) {
    return;
  }
  const until = Date.now() + LONGEST;
  const look = setInterval(() => {
    if (azuriteListens()) {
      clearInterval(look);
      process.emit("SIGTERM", "SIGTERM");
    } else if (Date.now() > until) {
      process.exit(0);
    }
  }, LOOK_EVERY);
});
