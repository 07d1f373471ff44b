import type { Connect, Plugin } from 'vite'

// Pictures for the preview: two soft gradients by the name asked for, as a frame of film would look.
const answer: Connect.NextHandleFunction = (request, response, next) => {
  if (request.method === 'POST' && request.url === '/portrait') {
    request.resume()
    response.setHeader('Content-Type', 'application/json')
    return void response.end(JSON.stringify({ id: 'portrait' }))
  }
  const id = /^\/(?:picture|portrait)\/([^?]+)/.exec(request.url ?? '')?.[1]
  if (!id) return next()
  if (id === 'broken') {
    response.statusCode = 404
    return void response.end()
  }
  const hue = [...id].reduce((sum, char) => (sum * 7 + char.charCodeAt(0)) % 360, 0)
  response.setHeader('Content-Type', 'image/svg+xml')
  response.end(`<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="900" viewBox="0 0 16 9"><defs>
    <linearGradient id="a" x2="1" y2="1"><stop stop-color="hsl(${hue} 26% 20%)"/><stop offset=".6" stop-color="hsl(${(hue + 200) % 360} 20% 44%)"/><stop offset="1" stop-color="hsl(${hue} 20% 10%)"/></linearGradient>
    <radialGradient id="b" cx=".68" cy=".3" r=".6"><stop stop-color="hsl(42 34% 62%)" stop-opacity=".8"/><stop offset="1" stop-opacity="0"/></radialGradient></defs>
    <path d="M0 0h16v9H0z" fill="url(#a)"/><path d="M0 0h16v9H0z" fill="url(#b)"/></svg>`)
}

/** pictures answers /picture/… as Go does. */
export function pictures(): Plugin {
  return {
    name: 'preview-pictures',
    configurePreviewServer: (server) => void server.middlewares.use(answer),
  }
}
