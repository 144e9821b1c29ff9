import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client'

/** What must come back from the provider, and is kept until it does. */
export type SignInSecrets = { readonly state: string; readonly nonce: string; readonly verifier: string }

/** An OpenID Connect provider: sends somebody off to prove who they are, and reads what they come back with. */
export type IdentityProvider = {
  readonly issuer: string
  /** Where to send the browser. @throws when the provider does not answer. */
  readonly start: (backUrl: string) => Promise<{ readonly url: string; readonly secrets: SignInSecrets }>
  /**
   * @param address the whole address the browser came back to.
   * @returns who they are to the issuer, or undefined when the answer does not fit what was asked.
   */
  readonly finish: (
    address: URL,
    secrets: SignInSecrets,
  ) => Promise<{ readonly issuer: string; readonly subject: string } | undefined>
}

export type ProviderSettings = {
  readonly url: string
  readonly clientId: string
  readonly clientSecret: string
}

const isLoopback = (host: string) => ['127.0.0.1', 'localhost', '[::1]'].includes(host)
const secondsToAnswer = 10

/**
 * A provider by its settings. It is asked about itself at the first sign-in, so a late provider stops no start.
 *
 * @throws Error when the issuer is neither https nor on this machine: that is the installer's to put right.
 */
export function openIdentityProvider(settings: ProviderSettings): IdentityProvider {
  const { protocol, hostname } = new URL(settings.url)
  if (protocol !== 'https:' && !isLoopback(hostname)) {
    throw new Error('OIDC_ISSUER must begin with https:// unless it is on this machine.')
  }
  let known: Promise<Configuration> | undefined
  const configuration = () => {
    known ??= discover(settings).catch((error: unknown) => {
      known = undefined
      throw error
    })
    return known
  }
  return {
    issuer: settings.url,
    start: async (backUrl) => {
      const secrets = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() }
      const url = buildAuthorizationUrl(await configuration(), {
        redirect_uri: backUrl,
        scope: 'openid',
        response_type: 'code',
        state: secrets.state,
        nonce: secrets.nonce,
        code_challenge: await calculatePKCECodeChallenge(secrets.verifier),
        code_challenge_method: 'S256',
      })
      return { url: url.toString(), secrets }
    },
    finish: async (address, { state, nonce, verifier }) => {
      const answered = await authorizationCodeGrant(await configuration(), address, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      }).catch((error: unknown) => {
        if (isNetwork(error)) throw error
        return undefined
      })
      const claims = answered?.claims()
      return claims && { issuer: claims.iss, subject: claims.sub }
    },
  }
}

function discover({ url: issuer, clientId, clientSecret }: ProviderSettings): Promise<Configuration> {
  const url = new URL(issuer)
  const execute = url.protocol === 'http:' ? [allowInsecureRequests] : []
  return discovery(url, clientId, clientSecret, undefined, { execute, timeout: secondsToAnswer })
}

// Somebody who came back with a wrong answer starts again; a provider that is away is said to be away.
const isNetwork = (error: unknown): boolean =>
  error instanceof Error &&
  ((error instanceof TypeError && error.message === 'fetch failed') ||
    ('code' in error && error.code === 'OAUTH_TIMEOUT'))
