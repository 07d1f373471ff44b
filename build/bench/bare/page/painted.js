// The second frame is the first that is surely on the screen.
requestAnimationFrame(() => requestAnimationFrame(() => window.runtime.EventsEmit("painted")));
