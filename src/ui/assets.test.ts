import { describe, expect, test } from 'vitest'
import { assetAddresses, assets, withoutNhsBranding } from './assets.ts'

const textOf = (kind: string) =>
  assets()
    .filter(({ path }) => path.endsWith(kind))
    .map(({ body }) => body.toString())
    .join('\n')

describe('the files a page asks for', () => {
  test('hold no typeface, no NHS logo and no address of another host', () => {
    const css = textOf('.css')
    expect(css.length).toBeGreaterThan(200_000)
    expect(css).not.toMatch(/@font-face/i)
    expect(css).not.toMatch(/frutiger/i)
    expect(css).not.toMatch(/logo/i)
    expect(css).not.toMatch(/url\(/i)
    expect(css).not.toMatch(/@import/i)
    expect(css).not.toMatch(/https?:\/\//)
  })

  test('fetch nothing and write nothing into the page but classes and focus', () => {
    const script = assets().find(({ path }) => path === assetAddresses.script)
    const text = script?.body.toString() ?? ''
    expect(text).not.toMatch(/fetch|XMLHttpRequest|eval|innerHTML|https?:/)
    expect(text).toMatch(/from '\/assets\/nhsuk-[0-9a-f]{12}\.js'/)
  })

  test('are kept by a browser for as long as their content, because their name is its hash', () => {
    const paths = assets().map(({ path }) => path)
    expect(paths).toHaveLength(5)
    for (const path of paths) expect(path).toMatch(/^\/assets\/[a-z]+-[0-9a-f]{12}\.(css|js|svg)$/)
    expect(assets().every(({ isImmutable }) => isImmutable)).toBe(true)
    expect(paths).toEqual(expect.arrayContaining(Object.values(assetAddresses)))
  })

  test('keep every rule of the design system that is not its typeface or its logo', () => {
    const css =
      '@font-face{font-family:F;src:url(x)}.a{color:red}@media print{.b-logo{x:y}.c{d:e}}.f{g:url(h);i:j}'
    expect(withoutNhsBranding(css)).toBe('.a{color:red}@media print{.c{d:e}}.f{i:j}')
  })
})

describe('our style sheet', () => {
  const css =
    assets()
      .find(({ path }) => path === assetAddresses.stylesheet)
      ?.body.toString() ?? ''

  test('keeps a focused field clear of the banner that stays on top', () => {
    expect(css).toMatch(/html:has\(\.kw-banner\)\s*\{\s*scroll-padding-top: 6\.5rem/)
  })

  test('has rules for paper, for colours the reader chose and for readers who asked for no motion', () => {
    expect(css).toContain('@media print')
    expect(css).toContain('@media (forced-colors: active)')
    expect(css).toContain('@media (prefers-reduced-motion: reduce)')
  })
})
