// Shows /openapi.json: every route with its parameters, its answers, and a form that asks the service itself.

const METHODS = ["get", "post", "put", "patch", "delete"];

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

// Prose in the description is plain text with `code`, **strong** words and empty lines between paragraphs.
function prose(text) {
  const box = element("div", { class: "prose" });
  for (const paragraph of (text ?? "").trim().split(/\n\s*\n/)) {
    const line = element("p");
    for (const piece of paragraph.split(/(`[^`]+`|\*\*[^*]+\*\*)/)) {
      if (piece.startsWith("`")) line.append(element("code", {}, piece.slice(1, -1)));
      else if (piece.startsWith("**")) line.append(element("strong", {}, piece.slice(2, -2)));
      else line.append(piece);
    }
    box.append(line);
  }
  return box;
}

function resolved(schema, description) {
  const name = schema?.$ref?.split("/").pop();
  return name ? description.components.schemas[name] : (schema ?? {});
}

function typeOf(schema, description) {
  if (!schema) return "";
  if (schema.$ref) return schema.$ref.split("/").pop();
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (schema.anyOf) return schema.anyOf.map((one) => typeOf(one, description)).join(" | ");
  if (schema.type === "array") return `${typeOf(schema.items, description)}[]`;
  if (schema.additionalProperties && schema.additionalProperties !== true) return `{…: ${typeOf(schema.additionalProperties, description)}}`;
  return schema.type ?? "any";
}

function fieldsOf(schema, description) {
  const found = resolved(schema, description);
  const rows = Object.entries(found.properties ?? {}).map(([name, field]) =>
    element("tr", {}, element("td", {}, element("code", {}, name)), element("td", {}, typeOf(field, description)), element("td", {}, prose(field.description))));
  return rows.length ? element("table", {}, element("tbody", {}, ...rows)) : null;
}

function jsonSchema(content) {
  return content?.["application/json"]?.schema;
}

function answersOf(operation, description) {
  return Object.entries(operation.responses ?? {}).map(([status, answer]) => {
    const schema = jsonSchema(answer.content);
    return element("details", { class: "answer" },
      element("summary", {}, element("code", {}, status), ` ${answer.description} `, element("em", {}, typeOf(schema, description))),
      fieldsOf(schema, description));
  });
}

function exampleOf(operation, description) {
  const content = operation.requestBody?.content?.["application/json"];
  if (!content) return "";
  const given = Object.values(content.examples ?? {})[0]?.value;
  if (given) return JSON.stringify(given, null, 2);
  const fields = resolved(content.schema, description).properties ?? {};
  const wanted = resolved(content.schema, description).required ?? Object.keys(fields).slice(0, 3);
  return JSON.stringify(Object.fromEntries(wanted.map((name) => [name, fields[name]?.examples?.[0] ?? fields[name]?.default ?? ""])), null, 2);
}

function inputFor(parameter, description) {
  const schema = parameter.schema ?? {};
  const example = parameter.examples?.[0] ?? schema.examples?.[0] ?? (parameter.name === "id" ? "alibaba" : "");
  const value = parameter.required ? [example].flat()[0] : "";
  return element("tr", {},
    element("td", {}, element("label", { for: `${parameter.in}-${parameter.name}` }, element("code", {}, parameter.name), parameter.required ? " *" : "")),
    element("td", {}, element("input", { name: parameter.name, "data-in": parameter.in, value, placeholder: String(schema.default ?? ""), "aria-label": parameter.name })),
    element("td", {}, element("small", {}, typeOf(schema, description)), prose(parameter.description ?? schema.description)));
}

function requestFrom(form, path, method) {
  const query = new URLSearchParams();
  let address = path;
  for (const input of form.querySelectorAll("input[name]")) {
    if (input.dataset.in === "path") address = address.replace(`{${input.name}}`, encodeURIComponent(input.value));
    else if (input.value !== "") for (const value of input.value.split(";")) query.append(input.name, value.trim());
  }
  const body = form.querySelector("textarea")?.value;
  const headers = { Accept: "application/json" };
  const key = document.querySelector("#key").value;
  if (key) headers.Authorization = `Bearer ${key}`;
  if (body) headers["Content-Type"] = "application/json";
  return [`${address}${query.size ? `?${query}` : ""}`, { method: method.toUpperCase(), headers, body: body || undefined }];
}

async function ask(event, path, method, shown) {
  event.preventDefault();
  const [address, request] = requestFrom(event.target, path, method);
  shown.textContent = "…";
  const started = performance.now();
  const reply = await fetch(address, request);
  const text = await reply.text();
  const took = Math.round(performance.now() - started);
  const isJson = /json/.test(reply.headers.get("Content-Type") ?? "");
  shown.textContent = `${request.method} ${address}\n${reply.status} · ${took} ms · ${reply.headers.get("X-Request-Id")}\n\n${isJson && text ? JSON.stringify(JSON.parse(text), null, 2) : text}`.slice(0, 50000);
}

function routeOf(path, method, operation, description) {
  const shown = element("pre", { "aria-live": "polite" });
  const example = exampleOf(operation, description);
  const form = element("form", { onsubmit: (event) => void ask(event, path, method, shown) },
    element("table", {}, element("tbody", {}, ...(operation.parameters ?? []).map((one) => inputFor(one, description)))),
    example ? element("textarea", { rows: "8", "aria-label": "Body", spellcheck: "false" }, example) : null,
    element("button", { type: "submit" }, "Ask"), shown);
  return element("details", { class: "route", id: operation.operationId },
    element("summary", {}, element("b", { class: method }, method.toUpperCase()), " ", element("code", {}, path), " ", element("span", {}, operation.summary ?? "")),
    prose(operation.description), form, element("h4", {}, "Answers"), ...answersOf(operation, description));
}

function show(description) {
  document.querySelector("#about").replaceWith(prose(description.info.description));
  const routes = document.querySelector("#routes");
  for (const tag of description.tags) {
    const section = element("section", { id: tag.name }, element("h2", {}, tag.name), prose(tag.description));
    for (const [path, methods] of Object.entries(description.paths)) {
      for (const method of METHODS) {
        if (methods[method]?.tags?.[0] === tag.name) section.append(routeOf(path, method, methods[method], description));
      }
    }
    routes.append(section);
    document.querySelector("#tags").append(element("a", { href: `#${tag.name}` }, tag.name), " ");
  }
  document.getElementById(location.hash.slice(1))?.setAttribute("open", "");
}

const reply = await fetch("/openapi.json");
show(await reply.json());
