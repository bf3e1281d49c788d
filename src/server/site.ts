/** The web app: files of `dist/web`, and its page for every address that is a page. */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import statics from '@fastify/static'
import type { App } from './http.ts'
import { noSuchAddress } from './problems.ts'

const here = new URL(import.meta.url)
/** From `src/server` in the checkout, from `dist/server` in the package. */
const built = fileURLToPath(new URL(here.pathname.endsWith('.ts') ? '../../dist/web' : '../web', here))

export async function serveSite(app: App, root = built): Promise<void> {
  const hasSite = existsSync(`${root}/index.html`)
  if (hasSite) {
    await app.register(statics, {
      root,
      index: false,
      // Every file of the build has a hash in its name; the page that names them has not.
      setHeaders: (reply, path) => {
        const isHashed = path.includes('/assets/')
        reply.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    })
    app.get('/', { schema: { hide: true } }, (_request, reply) =>
      reply.header('cache-control', 'no-cache').sendFile('index.html'),
    )
  }
  app.setNotFoundHandler((request, reply) => {
    const isPage =
      request.method === 'GET' && !request.url.startsWith('/api/') && wantsPage(request.headers.accept)
    if (!isPage) return noSuchAddress(request, reply)
    if (hasSite) return reply.header('cache-control', 'no-cache').sendFile('index.html')
    return reply.code(404).type('text/plain').send('The web app is not built. Run: npm run build\n')
  })
}

const wantsPage = (accept = '*/*'): boolean => accept.includes('text/html')
