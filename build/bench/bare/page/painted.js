// The second frame is the first that is surely on the screen. The mark is that of Callboard's own list.
requestAnimationFrame(() => requestAnimationFrame(() => performance.mark("callboard:first-list")));
