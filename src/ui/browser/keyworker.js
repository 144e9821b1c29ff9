// Enhancement only: every page works without this file.
import { Button, createAll, ErrorSummary, SkipLink } from './nhsuk.js'

// NHS.UK's script looks for these before it starts.
document.body.classList.add('js-enabled', 'nhsuk-frontend-supported')
// Its radios are left out: they put aria-expanded on an input, which no input may carry.
for (const part of [Button, ErrorSummary, SkipLink]) createAll(part)

for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false
  button.addEventListener('click', () => window.print())
}

// As a slider is dragged, the part of the page made for where it stands is shown, and the others are not.
for (const slider of document.querySelectorAll('input[type="range"][data-shows]')) {
  slider.addEventListener('input', () => {
    for (const part of document.querySelectorAll(`[data-part="${slider.dataset.shows}"]`))
      part.hidden = part.dataset.at !== slider.value
  })
}

// Whether quick keys are on is this computer's own: a screen reader or another program may need the same keys.
const areKeysOff = () => {
  try {
    return localStorage.getItem('quick-keys') === 'off'
  } catch {
    return false
  }
}

for (const button of document.querySelectorAll('[data-quick-keys-switch]')) {
  const say = () => {
    button.textContent = `Switch ${areKeysOff() ? 'on' : 'off'} quick keys on this computer`
  }
  say()
  button.hidden = false
  button.addEventListener('click', () => {
    localStorage.setItem('quick-keys', areKeysOff() ? 'on' : 'off')
    say()
  })
}

/** Alt+Shift and a letter go to, or press, the first thing on the page that carries that letter. */
document.addEventListener('keydown', (event) => {
  if (!event.altKey || !event.shiftKey || event.ctrlKey || event.metaKey) return
  if (areKeysOff()) return
  const letter = event.code.replace(/^Key/, '')
  const target = /^[A-Z]$/.test(letter) && document.querySelector(`[data-key="${letter}"]`)
  if (!target) return
  event.preventDefault()
  target.focus()
  if (target.matches('a, button')) target.click()
})
