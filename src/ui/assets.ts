import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

/** A file a page needs from us. Its path holds a hash of its content, so a browser may keep it for a year. */
export type Asset = {
  readonly path: string
  readonly contentType: string
  readonly body: Buffer
  readonly isImmutable: boolean
}

const require = createRequire(import.meta.url)
const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')
const readNhs = (name: string) => readFileSync(require.resolve(`nhsuk-frontend/dist/nhsuk/${name}`), 'utf8')

const contentTypes = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
} as const

const styles = [
  'tokens',
  'furniture',
  'banner',
  'words',
  'lists',
  'forms',
  'charts',
  'document',
  'narrow',
  'print',
  'large-print',
]

const nhsStylesheet = asset('nhsuk', 'css', withoutNhsBranding(readNhs('nhsuk-frontend.min.css')))
const stylesheet = asset('keyworker', 'css', styles.map((name) => read(`./styles/${name}.css`)).join('\n'))
const nhsScript = asset('nhsuk', 'js', withoutSourceMap(readNhs('nhsuk-frontend.min.js')))
const script = asset('keyworker', 'js', read('./browser/keyworker.js').replace('./nhsuk.js', nhsScript.path))
const icon = asset('icon', 'svg', read('./browser/icon.svg'))

/** Every file a page asks for, prepared once when the program starts. */
export function assets(): readonly Asset[] {
  return [nhsStylesheet, stylesheet, nhsScript, script, icon]
}

/** Where a page finds them. */
export const assetAddresses = {
  nhsStylesheet: nhsStylesheet.path,
  stylesheet: stylesheet.path,
  script: script.path,
  icon: icon.path,
} as const

/**
 * The NHS design system's style sheet without what only NHS services may use or what would be fetched:
 * its typeface, its logo and the pictures we do not serve.
 */
export function withoutNhsBranding(css: string): string {
  return withoutSourceMap(css)
    .replace(/Frutiger W01,/g, '')
    .replace(/[^{}]+\{[^{}]*\}/g, (rule) => {
      if (rule.startsWith('@font-face') || rule.slice(0, rule.indexOf('{')).includes('logo')) return ''
      return rule.includes('url(') ? rule.replace(/[^{};]*url\([^)]*\)[^{};]*;?/g, '') : rule
    })
}

function withoutSourceMap(text: string): string {
  return text.replace(/\/[/*]# sourceMappingURL=\S+?(\s*\*\/)?\s*$/, '')
}

function asset(name: string, kind: keyof typeof contentTypes, text: string): Asset {
  const body = Buffer.from(text)
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 12)
  return { path: `/assets/${name}-${hash}.${kind}`, contentType: contentTypes[kind], body, isImmutable: true }
}
