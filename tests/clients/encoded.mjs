// Reads [[encoded, ...]] as an argument and prints what @shopify/hydrogen-react decodes each to.
import { decodeEncodedVariant } from "@shopify/hydrogen-react";

console.log(JSON.stringify(JSON.parse(process.argv[2]).map((encoded) => decodeEncodedVariant(encoded))));
