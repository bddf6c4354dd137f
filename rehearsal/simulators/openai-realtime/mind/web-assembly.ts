interface Compiler {
  compile(bytes: Uint8Array): Promise<WebAssembly.Module>;
  instantiate(module: WebAssembly.Module, imports: object): Promise<object>;
}

/** Node's WebAssembly: the compiler's libraries know it as a value only together with the DOM. */
export const webAssembly = (globalThis as unknown as { WebAssembly: Compiler }).WebAssembly;
