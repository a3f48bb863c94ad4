/* Native elements for Dash: a control and a table. Small React components, no library. */
(function () {
  "use strict";
  const V = (window.ventanilla = window.ventanilla || {});
  const h = (...args) => window.React.createElement(...args);

  /* One native input, select or textarea. It keeps its own value; `value` from Dash replaces it. */
  V.Control = function Control(props) {
    const { useLayoutEffect, useRef } = window.React;
    const { id, tag, type, value, options, attributes, setProps } = props;
    const node = useRef(null);
    useLayoutEffect(() => {
      if (value !== undefined && value !== null && node.current.value !== value) node.current.value = value;
    }, [value]);
    const report = (event) => setProps && setProps({ value: event.target.value });
    const given = { ...attributes, id, ref: node, defaultValue: value ?? undefined, onInput: report };
    if (type) given.type = type;
    const children = options && options.map((o) => h("option", { key: o.value, value: o.value, disabled: o.disabled }, o.label));
    return children ? h(tag || "select", given, children) : h(tag || "input", given);
  };

  /* The whole drawing; one taller than its room (many bars) shows its top and fades out. */
  V.Still = function Still({ src, alt }) {
    const [tall, setTall] = window.React.useState(false);
    const onLoad = ({ target }) => setTall(target.offsetHeight > target.parentElement.clientHeight + 8);
    const image = h("img", { src, alt, loading: "lazy", decoding: "async", width: 420, height: 528, onLoad });
    return h("span", { className: tall ? "preview cut" : "preview" }, image);
  };

  function head(column, sortable) {
    const direction = column.sort || "none";
    const text = h(window.React.Fragment, null, column.title, column.unit && h("span", { className: "unit" }, ` ${column.unit}`));
    const props = { key: column.name, scope: "col", className: column.numeric ? "n" : undefined };
    if (!sortable || column.fixed) return h("th", props, text);
    return h(
      "th",
      { ...props, "aria-sort": direction },
      h("button", { type: "button", "data-sort": column.name, title: column.hint }, text, h("span", { className: "arrow", "aria-hidden": true }))
    );
  }

  function cell(text, column, first, href, blank) {
    const shown = text === "" || text === null ? h("span", { className: "none", title: blank }, "–") : text;
    const inner = href ? h("a", { href }, shown) : shown;
    return h(first ? "th" : "td", { key: column.name, scope: first ? "row" : undefined, className: column.numeric ? "n" : undefined }, inner);
  }

  /* In each row, where its table has an address: a button to ask about it. */
  function asking(at, row, i, label) {
    const words = `${label}: ${row.slice(0, 3).filter(Boolean).join(", ")}`;
    const button = h("button", { type: "button", className: "ask-row", "data-ask-row": i, "data-ask-at": at, "aria-label": words }, label);
    return h("td", { key: "?", className: "asking" }, button);
  }

  /* A table in its own scrolling box. `columns`: {name, title, numeric, sort, unit}; `rows`: lists of texts. */
  V.Table = function Table({ id, caption, label, columns, rows, sortable, rowHeader, empty, blank, hrefs, busy, ask, askLabel }) {
    return h(
      "div",
      { id, className: "table-box", role: "region", tabIndex: 0, "aria-label": label || caption, "aria-busy": busy || undefined },
      h(
        "table",
        { className: "table" },
        caption && h("caption", { className: "sr" }, caption),
        h("thead", null, h("tr", null, columns.map((c) => head(c, sortable)), ask && h("th", { scope: "col" }, h("span", { className: "sr" }, askLabel)))),
        h(
          "tbody",
          null,
          rows.length
            ? rows.map((row, i) =>
                h(
                  "tr",
                  { key: i, className: ask && V.ask?.marked(row, i) ? "marked" : undefined },
                  row.map((text, j) => cell(text, columns[j], rowHeader && j === 0, j === 0 && hrefs ? hrefs[i] : undefined, blank)),
                  ask && asking(ask, row, i, askLabel)
                )
              )
            : h("tr", null, h("td", { colSpan: columns.length || 1, className: "muted" }, empty))
        )
      )
    );
  };
})();
