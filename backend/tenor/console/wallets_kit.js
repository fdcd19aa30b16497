// What the console takes of Stellar Wallets Kit: one class a wallet, none of its own windows. Bundled at set-up.
export { AlbedoModule } from "@creit.tech/stellar-wallets-kit/modules/albedo";
export { HanaModule } from "@creit.tech/stellar-wallets-kit/modules/hana";
export { LobstrModule } from "@creit.tech/stellar-wallets-kit/modules/lobstr";
export { RabetModule } from "@creit.tech/stellar-wallets-kit/modules/rabet";
export { xBullModule } from "@creit.tech/stellar-wallets-kit/modules/xbull";
