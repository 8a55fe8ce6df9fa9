# Built from the sources beside it: nothing here changes with a release.
{
  lib,
  rustPlatform,
  installShellFiles,
  stdenv,
}:

let
  root = ../..;
  manifest = (lib.importTOML (root + "/Cargo.toml")).package;
in
rustPlatform.buildRustPackage {
  pname = manifest.name;
  inherit (manifest) version;

  src = lib.cleanSource root;
  cargoLock.lockFile = root + "/Cargo.lock";

  nativeBuildInputs = [ installShellFiles ];

  # The tests want a browser, a keyring and other real parts, which `tests/run` installs.
  doCheck = false;

  # A program of another processor cannot write its manual here.
  postInstall =
    lib.optionalString (stdenv.buildPlatform.canExecute stdenv.hostPlatform) ''
      mkdir man
      $out/bin/sellauth man --dir man
      installManPage man/*.[15]
    ''
    + ''
      installShellCompletion --bash --name sellauth completions/sellauth.bash
      installShellCompletion --zsh completions/_sellauth
      installShellCompletion --fish completions/sellauth.fish
    '';

  meta = {
    inherit (manifest) description;
    homepage = manifest.repository;
    changelog = "${manifest.repository}/blob/v${manifest.version}/CHANGELOG.md";
    license = with lib.licenses; [
      mit
      asl20
    ];
    mainProgram = manifest.name;
    platforms = lib.platforms.unix;
  };
}
