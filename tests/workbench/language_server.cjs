// Validates YAML files against schemas with yaml-language-server, as an editor does.
// Standard input: {"module": its folder, "schemas": {name: schema}, "files": [{"name", "schema", "text"}]}.
// Standard output: {file name: [message, ...]}.
const path = require("path");
const given = JSON.parse(require("fs").readFileSync(0, "utf8"));
const of = (name) => require(path.join(given.module, "out", "server", "src", ...name.split("/")));
const { getLanguageService } = of("languageservice/yamlLanguageService");
const { SettingsState } = of("yamlSettings");
const { TextDocument } = require(require.resolve("vscode-languageserver-textdocument", { paths: [given.module] }));

const service = getLanguageService({
  schemaRequestService: async () => "{}",
  workspaceContext: { resolveRelativePath: (relative) => relative },
  yamlSettings: new SettingsState(),
});
service.configure({
  validate: true,
  yamlVersion: "1.2",
  schemas: Object.entries(given.schemas).map(([name, schema]) => ({
    uri: `file:///${name}.json`,
    fileMatch: [`*/${name}/*.yaml`],
    schema,
  })),
});

(async () => {
  const found = {};
  for (const [number, file] of given.files.entries()) {
    const uri = `file:///books/${file.schema}/${number}.yaml`;
    const told = await service.doValidation(TextDocument.create(uri, "yaml", 1, file.text), false);
    found[file.name] = told.map((each) => each.message);
  }
  process.stdout.write(JSON.stringify(found));
})();
