/* The grammar of a View's address: parse and format, as query/address.py does it. Pure: no document, no history. */
(function () {
  "use strict";
  const V = (window.ventanilla = window.ventanilla || {});
  const OPERATORS = ["eq", "ne", "gt", "gte", "lt", "lte", "in", "contains", "starts", "isnull"];
  const PERIODS = ["year", "quarter", "month", "week", "day", "hour"];
  const RATIOS = ["rate", "share"];
  const PLACES = ["_entidad", "_municipio"];
  const FUNCTIONS = /^(count|sum|avg|min|max|median|distinct|q[1-9][0-9]?)$/;
  const BIN = /^bin[1-9][0-9]{0,2}$/;
  const SINGLE = ["table", "version", "chart", "x", "y", "color", "facet", "level", "classes", "lang"];
  const OUTPUTS = ["x", "y", "color", "facet"];

  function quote(name) {
    if (PLACES.includes(name)) return name;
    const plain = name && !"_-.".includes(name[0]) && !name.includes("__") && !/[,:"~]/.test(name);
    return plain ? name : '"' + name.replaceAll('"', '""') + '"';
  }

  function field(text, at, colons) {
    const quoted = /^"((?:[^"]|"")*)"/.exec(text.slice(at));
    if (quoted) return [{ text: quoted[1].replaceAll('""', '"'), quoted: true }, at + quoted[0].length];
    const bare = (colons ? /^[^,:"]*/ : /^[^,"]*/).exec(text.slice(at))[0];
    return [{ text: bare, quoted: false }, at + bare.length];
  }

  /* The items of a list, each with its fields (between colons) and whether a minus sign stood before it. */
  function scan(text, { colons = true, signed = false } = {}) {
    const items = [];
    let at = 0;
    for (;;) {
      const descending = signed && text[at] === "-";
      if (descending) at += 1;
      const fields = [];
      for (;;) {
        const [found, end] = field(text, at, colons);
        fields.push(found);
        at = end;
        if (!(colons && text[at] === ":")) break;
        at += 1;
      }
      items.push({ fields, descending });
      if (at >= text.length || text[at] !== ",") return items;
      at += 1;
    }
  }

  function reference(fields) {
    if (fields.length === 3 && fields[0].text === "lookup" && !fields[0].quoted) {
      return `lookup:${fields[1].text}:${fields[2].text}`;
    }
    return fields[0].text;
  }

  function writeReference(name) {
    const lookup = /^lookup:([^:]+):(.+)$/s.exec(name);
    return lookup ? `lookup:${quote(lookup[1])}:${quote(lookup[2])}` : quote(name);
  }

  const isStep = (f) => !f.quoted && (PERIODS.includes(f.text) || BIN.test(f.text));
  const isStepped = (fields) => [2, 4].includes(fields.length) && isStep(fields[fields.length - 1]);

  function readGroup(fields) {
    if (isStepped(fields)) {
      return { column: reference(fields.slice(0, -1)), by: fields[fields.length - 1].text };
    }
    return { column: reference(fields), by: "" };
  }

  const writeGroup = (g) => writeReference(g.column) + (g.by ? `:${g.by}` : "");

  function readMeasure(fields) {
    const words = fields.slice();
    const ratio = words.length > 1 && !words[0].quoted && RATIOS.includes(words[0].text) ? words.shift().text : "";
    return { function: words[0].text, column: words.length > 1 ? reference(words.slice(1)) : "", ratio };
  }

  const writeMeasure = (m) => [m.ratio, m.function, m.column && writeReference(m.column)].filter(Boolean).join(":");

  function readOutput(fields) {
    if (fields.length === 1) return fields[0].text;
    if (fields[0].text === "lookup" && !fields[0].quoted && fields.length === 3) return reference(fields);
    if (isStepped(fields)) return writeGroup(readGroup(fields));
    return writeMeasure(readMeasure(fields));
  }

  function writeOutput(name) {
    if (name.includes(":")) {
      const items = scan(name);
      const fields = items[0].fields;
      const known =
        (fields[0].text === "lookup" && fields.length === 3) ||
        isStepped(fields) ||
        FUNCTIONS.test(fields[0].text) ||
        (RATIOS.includes(fields[0].text) && fields.length > 1 && FUNCTIONS.test(fields[1].text));
      if (items.length === 1 && fields.length > 1 && known && readOutput(fields) === name) return name;
    }
    return writeReference(name);
  }

  function plainKey(key) {
    const quoted = /^"((?:[^"]|"")*)"(?:__([a-z]+))?$/.exec(key);
    if (quoted) return [quoted[1].replaceAll('""', '"'), quoted[2] || "eq"];
    const at = key.lastIndexOf("__");
    if (at > 0 && OPERATORS.includes(key.slice(at + 2))) return [key.slice(0, at), key.slice(at + 2)];
    return [key, "eq"];
  }

  function readKey(key) {
    if (key.startsWith("lookup:")) {
      const quoted = /^lookup:"((?:[^"]|"")*)":(.+)$/s.exec(key);
      const bare = quoted || /^lookup:([^:]*):(.+)$/s.exec(key);
      if (bare) {
        const [column, operator] = plainKey(bare[2]);
        return [`lookup:${quoted ? quoted[1].replaceAll('""', '"') : bare[1]}:${column}`, operator];
      }
    }
    return plainKey(key);
  }

  const writeKey = (f) => writeReference(f.column) + (f.operator === "eq" ? "" : `__${f.operator}`);

  function values(operator, text) {
    if (operator === "in") return scan(text, { colons: false }).map((i) => i.fields[0].text);
    if (operator === "isnull") return text === "0" || text === "false" ? ["0"] : [];
    return [text];
  }

  function write(filter) {
    if (filter.operator === "in") return filter.values.map(quote).join(",");
    return filter.operator === "isnull" ? (filter.values.length ? "0" : "1") : filter.values[0];
  }

  function blank() {
    return {
      table: "datos", version: "", filters: [], groups: [], measures: [], sort: [], columns: [], page: 1, size: 0,
      chart: "", x: "", y: "", color: "", facet: "", highlight: [], level: "", classes: "", bbox: "", lang: "es",
    };
  }

  const READ = {
    group: (t) => scan(t).map((i) => readGroup(i.fields)),
    measure: (t) => scan(t).map((i) => readMeasure(i.fields)),
    sort: (t) => scan(t, { signed: true }).map((i) => ({ column: readOutput(i.fields), descending: i.descending })),
    columns: (t) => scan(t).map((i) => reference(i.fields)),
    highlight: (t) => scan(t, { colons: false }).map((i) => i.fields[0].text),
  };
  const FIELD = { group: "groups", measure: "measures" };

  /* The View of a query string, with or without its question mark. Unknown `_words` are left to the server. */
  function parse(query) {
    const view = blank();
    for (const part of query.replace(/^\?/, "").split("&")) {
      if (!part) continue;
      const [key, text] = decode(part);
      const word = key[0] === "_" && !PLACES.includes(key.split("__")[0]) ? key.slice(1) : "";
      if (READ[word]) view[FIELD[word] || word] = READ[word](text);
      else if (word === "page" || word === "size") view[word] = Number.parseInt(text, 10) || blank()[word];
      else if (OUTPUTS.includes(word)) view[word] = readOutput(scan(text)[0].fields);
      else if (word === "bbox" || SINGLE.includes(word)) view[word] = text;
      else if (!word) {
        const [column, operator] = readKey(key);
        view.filters.push({ column, operator, values: values(operator, text) });
      }
    }
    return view;
  }

  function decode(part) {
    const at = part.indexOf("=");
    const plain = (t) => decodeURIComponent(t.replaceAll("+", " "));
    return at < 0 ? [plain(part), ""] : [plain(part.slice(0, at)), plain(part.slice(at + 1))];
  }

  const encode = (text) => encodeURIComponent(text).replaceAll("%3A", ":").replaceAll("%2C", ",");

  /* The query string of a View, "" for a bare one. The server's canonical form is adopted after each answer. */
  function format(view) {
    const pairs = view.filters.map((f) => [writeKey(f), write(f)]);
    const none = blank();
    const list = (name, items) => items.length && pairs.push([name, items.join(",")]);
    list("_group", view.groups.map(writeGroup));
    list("_measure", view.measures.map(writeMeasure));
    list("_sort", view.sort.map((s) => (s.descending ? "-" : "") + writeOutput(s.column)));
    list("_columns", view.columns.map(writeReference));
    list("_highlight", view.highlight.map(quote));
    for (const word of [...SINGLE, "page", "size", "bbox"]) {
      if (view[word] !== none[word] && view[word] !== "") {
        pairs.push([`_${word}`, OUTPUTS.includes(word) ? writeOutput(view[word]) : String(view[word])]);
      }
    }
    return pairs.map(([key, text]) => `${encode(key)}=${encode(text)}`).join("&");
  }

  V.grammar = { parse, format, quote, writeGroup, writeMeasure, blank, OPERATORS, PERIODS };
})();
