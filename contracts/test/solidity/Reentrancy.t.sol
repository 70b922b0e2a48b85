// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {deploy} from "./deploy.sol";
import {Handler} from "./Handler.sol";
import {MarketLaws} from "./MarketLaws.sol";
import {ReentrantMarket} from "./ReentrantMarket.sol";

/// @notice Whatever a payment token does in the middle of a transfer, nothing is lost or counted twice.
contract ReentrancyTest is MarketLaws {
    function setUp() public {
        _market = ReentrantMarket(deploy("ReentrantMarket", abi.encode(deploy("CallingToken"))));
    }

    function invariant_I19_reentrancyBreaksNoBooks() public view {
        _everyCreditIsInOnePlace();
        _everyBaseUnitIsInOnePlace();
        _splitIsExact();
        _sharesOweWhatTheyHold();
    }

    function _handler() internal view override returns (Handler) {
        return _market;
    }

    function _name() internal pure override returns (string memory) {
        return "ReentrantMarket";
    }
}
