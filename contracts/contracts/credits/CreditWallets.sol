// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {ERC1155} from "@openzeppelin/contracts/token/ERC1155/ERC1155.sol";
import {CreditMetadata} from "./CreditMetadata.sol";
import {OfferingBooks} from "./OfferingBooks.sol";

/**
 * @title CreditWallets
 * @notice The credits that are in wallets: an ERC-1155 whose ids are those of offerings.
 */
abstract contract CreditWallets is OfferingBooks, ERC1155("") {
    /// @dev A contract of its own for the size limit's sake, deployed along with this one.
    CreditMetadata internal immutable _metadata = new CreditMetadata();

    /// @notice ERC-1155 metadata of an offering's credits, built on chain, as `ICreditMetadata.uri` says.
    /// @inheritdoc ERC1155
    function uri(uint256 id) public view override returns (string memory) {
        return _metadata.uri(bytes32(id));
    }

    /// @dev Mints (`from` zero) or burns (`to` zero) without a callback.
    function _updateWallets(address from, address to, bytes32 offering, uint256 credits) internal {
        uint256[] memory ids = new uint256[](1);
        uint256[] memory values = new uint256[](1);
        ids[0] = uint256(offering);
        values[0] = credits;
        super._update(from, to, ids, values);
    }

    /// @dev Transfers alone come here: what mints and burns calls the base.
    function _update(address from, address to, uint256[] memory ids, uint256[] memory values) internal override {
        for (uint256 i; i < ids.length; ++i) {
            bytes32 offering = bytes32(ids[i]);
            if (_states[offering].standing == Standing.Bound) revert Credits_NotTransferable(offering);
        }
        super._update(from, to, ids, values);
    }
}
