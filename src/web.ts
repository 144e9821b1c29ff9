// The process that answers browsers. It holds no key: neither the pseudonyms' nor the seal's.
import { openIdentityProvider, openRoutes, type SignInSettings } from '#access'
import { connect } from '#database'
import { tipRoutes } from './demonstration/tips.ts'
import { newEntrance } from './entrance.ts'
import { frontRoutes, oneMomentPage } from './front-page.tsx'
import { bareFurniture } from './furniture.ts'
import { rooms } from './pathway.ts'
import { personScreens } from './roof.ts'
import { buildServer } from './serve.ts'
import { toldToBegin } from './told.ts'

async function main(): Promise<void> {
  const told = await toldToBegin()
  const entrance = newEntrance()
  process.on('message', async (message) => {
    if (kindOf(message) === 'go on') entrance.open()
    if (kindOf(message) !== 'wait') return
    await entrance.shut()
    process.send?.({ kind: 'nobody is in' })
  })
  const startAgain = async () => {
    // The page says to wait from this moment, not from when the supervisor has heard.
    void entrance.shut()
    process.send?.({ kind: 'start again' })
  }
  const pool = connect(told.KEYWORKER_APP_URL ?? '', 10, 'together')
  const app = await buildServer({
    pool,
    settings: { baseUrl: told.KEYWORKER_BASE_URL ?? '', helpTelephone: told.KEYWORKER_HELP_TELEPHONE },
    clock: () => new Date(),
    routes: [...rooms.flatMap((room) => room.screens), ...personScreens, ...tipRoutes],
    openRoutes: [...openRoutes, ...frontRoutes(told.KEYWORKER_IS_DEMONSTRATION ? startAgain : undefined)],
    signIn: signInSettings(),
    aside: { entrance, page: () => oneMomentPage({ ...bareFurniture, synthetic: true }) },
  })
  await app.listen({ port: Number(told.KEYWORKER_PORT), host: '127.0.0.1' })
  let isStopping = false
  const stop = async () => {
    if (isStopping) return
    isStopping = true
    // A browser that holds its connection open must not hold us; what was acknowledged is kept already.
    await Promise.race([app.close().then(() => pool.end()), pause(2000)])
    process.exit(0)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  process.once('disconnect', stop)
  process.send?.({ kind: 'ready' })
}

const kindOf = (message: unknown): unknown =>
  typeof message === 'object' && message !== null && 'kind' in message ? message.kind : undefined

function signInSettings(): SignInSettings {
  const { OIDC_ISSUER: url, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = process.env
  if (!url || !clientId || !clientSecret) return {}
  return { provider: openIdentityProvider({ url, clientId, clientSecret }) }
}

const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds))

await main()
