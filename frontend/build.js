// Builds wilma_ext/static/wilma_ext from src/ and the pinned packages: npm ci --ignore-scripts && npm run build
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import postcss from "postcss";
import rtlcss from "rtlcss";
import * as sass from "sass";

const ROOT = import.meta.dirname ?? new URL(".", import.meta.url).pathname;
const OUT = `${ROOT}/../wilma_ext/static/wilma_ext`;
const SCOPE = ".wilma-ext";
// Rules that need a class on the host's body, or GOV.UK's own scripts, are not for a guest.
const FOREIGN = /\.(govuk-frontend-supported|js-enabled|govuk-template)|-moz-any-link/;
// The stand-alone page is ours altogether.
const OWN_PAGE = /\.wx-page/;

function scoped(selector) {
  if (OWN_PAGE.test(selector)) return selector;
  if (selector.includes(":root")) return selector.replace(":root", SCOPE);
  return `${SCOPE} ${selector}`;
}

// Puts every selector under our root, so that no rule can reach an element of the host.
const scope = {
  postcssPlugin: "wx-scope",
  Once(root) {
    root.walkRules((rule) => {
      if (rule.parent.type === "atrule" && /keyframes/.test(rule.parent.name)) return;
      const kept = rule.selectors.filter((selector) => !FOREIGN.test(selector));
      if (kept.length) rule.selectors = kept.map(scoped);
      else rule.remove();
    });
    root.walkDecls(/^--govuk-(breakpoint|frontend-version)/, (decl) => decl.remove());
    root.walkDecls((decl) => {
      decl.value = decl.value.replace(/var\((--govuk-[a-z-]+), ?#[0-9a-f]+\)/gi, "var($1)");
      if (decl.prop === "--wx-rem") return;
      decl.value = decl.value.replace(/(?<![\w.-])([\d.]*\d)rem\b/g, "calc($1*var(--wx-rem))");
    });
    root.walkAtRules("media", (at) => { if (!at.nodes.length) at.remove(); });
    root.walkRules((rule) => { if (!rule.nodes.length) rule.remove(); });
    root.walkComments((comment) => { if (!comment.text.startsWith("rtl:")) comment.remove(); });
  },
};

function compressed(css) {
  return sass.compileString(css, { style: "compressed", charset: false }).css.trim() + "\n";
}

function styles() {
  const source = sass.compile(`${ROOT}/src/wilma-ext.scss`, {
    loadPaths: [`${ROOT}/node_modules/govuk-frontend/dist`],
    quietDeps: true,
    charset: false,
  });
  const css = postcss([scope]).process(source.css, { from: undefined }).css;
  return { "wilma-ext.css": compressed(css), "wilma-ext-rtl.css": compressed(rtlcss.process(css)) };
}

const sha256 = (data) => createHash("sha256").update(data).digest("hex");

function vendored(files) {
  const lock = JSON.parse(readFileSync(`${ROOT}/package-lock.json`)).packages;
  const source = (name, use) => {
    const { version, integrity, license } = lock[`node_modules/${name}`];
    return { name, version, licence: license, integrity, use };
  };
  const built = Object.entries(files).map(([name, text]) => ({
    name,
    licence: name.endsWith(".css") ? "EUPL-1.2 AND MIT" : "EUPL-1.2",
    bytes: Buffer.byteLength(text),
    sha256: sha256(text),
  }));
  const sources = [source("govuk-frontend", "styles, compiled into the sheets"), source("sass", "build only"), source("rtlcss", "build only")];
  return { sources, files: built };
}

const files = { ...styles(), "wilma-ext.js": readFileSync(`${ROOT}/src/wilma-ext.js`, "utf8") };
mkdirSync(OUT, { recursive: true });
for (const [name, text] of Object.entries(files)) writeFileSync(`${OUT}/${name}`, text);
writeFileSync(`${OUT}/VENDORED.json`, JSON.stringify(vendored(files), null, 2) + "\n");
