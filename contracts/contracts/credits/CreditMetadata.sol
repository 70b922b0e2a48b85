// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Base64} from "@openzeppelin/contracts/utils/Base64.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";
import {ICreditMetadata} from "../interfaces/ICreditMetadata.sol";
import {ICredits, Offering} from "../interfaces/ICredits.sol";
import {CreditImage} from "../libraries/CreditImage.sol";
import {DecimalText} from "../libraries/DecimalText.sol";
import {ForeignViews} from "../libraries/ForeignViews.sol";
import {Offerings} from "../libraries/Offerings.sol";

/**
 * @title CreditMetadata
 * @notice What wallets show of the credits of an offering. `ICreditMetadata` says what each function promises.
 */
contract CreditMetadata is ICreditMetadata {
    using Offerings for Offering;
    using Strings for *;

    /// @dev The terms that are shown, in three slots.
    struct Shown {
        address model;
        uint64 pricePerMillion;
        uint8 tier;
        bool transferable;
        address paymentToken;
        uint64 expiresAt;
        bytes32 kind;
    }

    mapping(bytes32 offering => Shown shown) private _shown;

    /// @inheritdoc ICreditMetadata
    function record(Offering calldata o) external {
        _shown[o.id()] = Shown({
            model: o.model,
            pricePerMillion: o.pricePerMillion,
            tier: o.tier,
            transferable: o.transferable,
            paymentToken: o.paymentToken,
            expiresAt: o.expiresAt,
            kind: o.kind
        });
    }

    /// @inheritdoc ICreditMetadata
    function uri(bytes32 offering) external view returns (string memory) {
        Shown memory shown = _shown[offering];
        if (shown.model == address(0)) revert ICredits.Credits_UnknownOffering(offering);
        return string.concat("data:application/json;base64,", Base64.encode(_json(offering, shown)));
    }

    function _json(bytes32 offering, Shown memory shown) private view returns (bytes memory) {
        string memory model = ForeignViews.nameOf(shown.model).escapeJSON();
        string memory kind = _kind(shown.kind);
        string memory tier = _tier(shown.tier);
        string memory price = _price(shown.paymentToken, shown.pricePerMillion);
        return abi.encodePacked(
            abi.encodePacked('{"name":"', model, ": ", kind, ", ", tier),
            abi.encodePacked('","description":"Prepaid credits of ', model, " for ", kind, ". 1,000,000 credits cost "),
            abi.encodePacked(price, '; what is unspent can be redeemed at that price.","decimals":3,"image":"'),
            CreditImage.uri(offering, kind, tier),
            '","properties":',
            _properties(offering, shown, kind, tier, price),
            "}"
        );
    }

    function _properties(
        bytes32 offering,
        Shown memory shown,
        string memory kind,
        string memory tier,
        string memory price
    ) private pure returns (bytes memory) {
        return abi.encodePacked(
            abi.encodePacked('{"offering":"', uint256(offering).toHexString(32)),
            abi.encodePacked('","model":"', shown.model.toChecksumHexString()),
            abi.encodePacked('","kind":"', kind, '","tier":"', tier),
            abi.encodePacked('","paymentToken":"', shown.paymentToken.toChecksumHexString()),
            abi.encodePacked('","pricePerMillion":"', price),
            abi.encodePacked('","expiresAt":', shown.expiresAt == 0 ? "null" : uint256(shown.expiresAt).toString()),
            abi.encodePacked(',"transferable":', shown.transferable ? "true" : "false", "}")
        );
    }

    /// @dev In the payment token's own decimals and name, escaped for JSON.
    function _price(address token, uint256 pricePerMillion) private view returns (string memory) {
        (bool known, uint256 decimals) = ForeignViews.decimalsOf(token);
        string memory amount = known
            ? DecimalText.write(pricePerMillion, decimals)
            : string.concat(pricePerMillion.toString(), " base units of");
        return string.concat(amount, " ", ForeignViews.symbolOf(token).escapeJSON());
    }

    function _kind(bytes32 kind) private pure returns (string memory) {
        if (kind == keccak256("inference")) return "inference";
        if (kind == keccak256("image-licence")) return "image licence";
        if (kind == keccak256("dataset-access")) return "dataset access";
        if (kind == keccak256("training")) return "training";
        if (kind == keccak256("gpu-second")) return "GPU-seconds";
        return "other rights";
    }

    function _tier(uint8 tier) private pure returns (string memory) {
        if (tier == 0) return "realtime";
        return tier == 1 ? "standard" : "batch";
    }
}
