// Preloaded into Azurite: when whoever started it is gone, however it went, its end of this pipe closes.
process.stdin.on("end", () => process.kill(process.pid, "SIGTERM"));
process.stdin.on("error", () => process.kill(process.pid, "SIGTERM"));
process.stdin.resume();
