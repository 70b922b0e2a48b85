// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Offering} from "./ICredits.sol";

/**
 * @title CreditMetadata
 * @notice What wallets show of the credits of an offering, built on chain. `Credits` deploys it and fills it.
 * @dev Trust: none. An offering's id is the hash of its terms, so nobody can record others under it. The names of model
 * and payment token are what those contracts say at that moment: up to 64 printable ASCII characters, or the address in
 * their place. Whatever they do instead spoils nothing but their own name.
 */
interface ICreditMetadata {
    /**
     * @notice Remembers what is shown of an offering. Anyone may call, as often as they like; it changes nothing. Never
     * reverts.
     * @param o Terms of an offering, registered or not.
     */
    function record(Offering calldata o) external;

    /**
     * @notice A `data:` URI of JSON in the form of ERC-1155: name, description, 3 decimals, an SVG image, and as
     * properties the offering, its model, kind, tier, payment token, price per million, expiry and whether it is
     * transferable.
     * @dev Reverts with `Credits_UnknownOffering` unless its terms were recorded. Terms can be recorded that no
     * operator signed: nobody can hold their credits.
     * @param offering Id of an offering.
     * @return The whole `data:application/json` URI; nothing has to be fetched.
     */
    function uri(bytes32 offering) external view returns (string memory);
}
