// Preloaded into Azurite: when whoever started it is gone, however it went, its end of this pipe closes.
const leave = () => process.kill(process.pid, "SIGTERM");
process.stdin.on("end", leave).on("error", leave).resume();
process.stdin.unref?.();

// A second signal must not cut short what Azurite does after the first one: it writes its data down.
let leaving = false;
process.on("SIGTERM", () => {
  const azuriteListensToo = process.listenerCount("SIGTERM") > 1;
  if (!leaving && !azuriteListensToo) {
    process.exit(0);
  }
  leaving = true;
});
