// The computed styles of the elements that a selector finds, in document order; all, or the named.
(selector, names) => {
  const plain = (style) =>
    Object.fromEntries((names || [...style]).map((name) => [name, style.getPropertyValue(name)]));
  return [...document.querySelectorAll(selector)].map((element) => ({
    tag: element.tagName.toLowerCase(),
    own: plain(getComputedStyle(element)),
    before: plain(getComputedStyle(element, "::before")),
    after: plain(getComputedStyle(element, "::after")),
  }));
}
